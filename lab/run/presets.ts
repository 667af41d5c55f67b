/*
 * The lessons: settings, and what is done to which packet, so that a class sees what it came for. That each shows what it
 * says is proven by test/lab/run/presets.test.ts. The words stand with the page's.
 */
import type { Intervention } from './intervention.js';
import { RUN_DEFAULTS, type RunSettings } from './settings.js';

/** A lesson. */
export interface Preset {
  readonly settings: RunSettings;
  readonly interventions: readonly Intervention[];
}

const preset = (settings: Partial<RunSettings>, interventions: readonly Intervention[] = []): Preset => ({
  settings: { ...RUN_DEFAULTS, loss: 0, ...settings },
  interventions,
});

/** A chat's engine on a line of one megabit, 50 ms long. */
const CHAT = { profile: 'chat', arq: 'sack', congestion: 'newreno', window: 256, kbit: 1000, delayMs: 50 } as const;

const kill = (packet: number, atMs: number): Intervention => ({ does: 'kill', packet, atMs, byMs: 0 });
const delay = (packet: number, atMs: number, byMs: number): Intervention => ({ does: 'delay', packet, atMs, byMs });

/** The lessons by name. */
export const PRESETS = {
  'lost-data': preset({ arq: 'selective-repeat', counts: 'span', window: 5, segments: 14 }, [kill(6, 500)]),
  'lost-ack': preset({ arq: 'go-back-n', profile: 'chat', segments: 8 }, [kill(9, 520), kill(21, 850), kill(22, 890)]),
  'premature-timeout': preset({ arq: 'stop-and-wait', segments: 5 }, [delay(8, 760, 120)]),
  reordering: preset({ ...CHAT, segments: 24 }, [delay(7, 250, 110)]),
  'slow-start': preset({ ...CHAT, kbit: 2000, queueKb: 25 }),
  'thin-stream': preset({ ...CHAT, everyMs: 40, segments: 12 }, [kill(8, 320)]),
  'forged-syn': preset({ ...CHAT, forgedSyns: 3, segments: 3 }),
} as const satisfies Record<string, Preset>;

/** The name of a lesson. */
export type PresetName = keyof typeof PRESETS;
