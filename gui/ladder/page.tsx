/*
 * The ladder's own page.
 */
import { TopBar } from '../design/top-bar.js';
import { strings } from '../strings.js';
import { LadderPane } from './pane.js';
import './page.css';

const words = strings.ladder;
const LINKS = [
  { href: '/', text: words.chat },
  { href: '/lab', text: words.lab },
] as const;

/** The page. */
export function LadderPage() {
  return (
    <div class="ladder-page">
      <TopBar title={words.title} links={LINKS} />
      <main>
        <LadderPane />
      </main>
    </div>
  );
}
