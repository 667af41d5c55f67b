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
const CHAT = { profile: 'chat', arq: 'sack', congestion: 'newreno', kbit: 1000, delayMs: 50 } as const;

/** The lessons by name. */
export const PRESETS = {
  'lost-data': preset({ arq: 'selective-repeat', segments: 12 }, []),
  'lost-ack': preset({ arq: 'go-back-n', segments: 12 }, []),
  'premature-timeout': preset({ arq: 'stop-and-wait', segments: 6 }, []),
  reordering: preset({ ...CHAT, congestion: 'none', segments: 14 }, []),
  'slow-start': preset({ ...CHAT, queueKb: 15 }),
  'thin-stream': preset({ ...CHAT, everyMs: 40, segments: 12 }, []),
  'forged-syn': preset({ ...CHAT, forgedSyns: 3, segments: 3 }),
} as const satisfies Record<string, Preset>;

/** The name of a lesson. */
export type PresetName = keyof typeof PRESETS;
