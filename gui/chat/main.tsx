/* Where the page begins. */
import { render } from 'preact';
import '../design/base.css';
import { strings } from '../strings.js';

render(<h1>{strings.chat.title}</h1>, document.getElementById('page') as HTMLElement);
