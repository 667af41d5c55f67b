/* Where the page begins. */
import { render } from 'preact';
import '../design/base.css';
import { LadderPage } from './page.js';

render(<LadderPage />, document.getElementById('page') as HTMLElement);
