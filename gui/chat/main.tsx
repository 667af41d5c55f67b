/* Where the page begins. */
import { render } from 'preact';
import '../design/base.css';
import { TopBar } from '../design/top-bar.js';
import { strings } from '../strings.js';

render(<TopBar title={strings.chat.title} />, document.getElementById('page') as HTMLElement);
