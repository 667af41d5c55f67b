/*
 * The lab's page: lessons above, both ends with the packets between them and the plots beside, the player, and what can
 * be done and set. Where there is room, all that one looks at is in sight at once (page.css).
 */
import { Notice } from '../design/notice.js';
import { TopBar } from '../design/top-bar.js';
import { strings } from '../strings.js';
import { Done, OnTheWay, Tools } from './hands.js';
import { Legends } from './legends.js';
import { Lessons } from './lessons.js';
import { PlayBar } from './play-bar.js';
import { Plots } from './plots.js';
import { Save } from './save.js';
import { SettingsForm } from './settings-form.js';
import { Stage } from './stage.js';
import { problems } from './state.js';
import { Used } from './used.js';
import { ReceiverWindow, SenderWindow } from './windows.js';
import './page.css';

const { lab } = strings;
/** Opened as a file there is no server beside it, and no other pages. */
const LINKS =
  location.protocol === 'file:'
    ? []
    : [
        { href: '/', text: lab.toChat },
        { href: '/ladder', text: lab.toLadder },
      ];

/** The page. */
export function LabPage() {
  return (
    <>
      <TopBar title={lab.title} links={LINKS}>
        <Save />
      </TopBar>
      <main class="lab">
        {problems.value.length > 0 && (
          <Notice
            kind="warn"
            onClose={() => {
              problems.value = [];
            }}
          >
            {problems.value.map((problem) => (
              <p key={problem}>{problem}</p>
            ))}
          </Notice>
        )}
        <Lessons />
        <div class="lab-columns">
          <div class="lab-main">
            <div class="lab-scene">
              <div class="lab-ends">
                <SenderWindow />
                <Stage />
                <ReceiverWindow />
              </div>
              <Plots />
            </div>
            <Legends />
            <PlayBar />
          </div>
          <div class="lab-side">
            <Tools />
            <SettingsForm />
            <Used />
            <OnTheWay />
            <Done />
            <details class="keys">
              <summary>{lab.keys}</summary>
              <dl>
                {lab.keyList.map(([key, does]) => (
                  <div key={key}>
                    <dt>{key}</dt>
                    <dd>{does}</dd>
                  </div>
                ))}
              </dl>
            </details>
          </div>
        </div>
      </main>
    </>
  );
}
