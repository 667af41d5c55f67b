/* Where the page begins. */
import { render } from 'preact';
import '../design/base.css';
import { startKeys } from './keys.js';
import { startMeasuring } from './measuring.js';
import { LabPage } from './page.js';
import { startPlayer } from './player.js';

startPlayer();
startMeasuring();
startKeys();
render(<LabPage />, document.getElementById('page') as HTMLElement);
