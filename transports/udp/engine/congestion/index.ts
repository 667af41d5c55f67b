/*
 * The congestion controllers that there are, by name.
 */
import type { CongestionName } from '../../wire/packets.js';
import type { EngineSettings } from '../settings.js';
import type { Controller } from './controller.js';
import { Cubic } from './cubic.js';
import { fixed } from './fixed.js';
import { NewReno } from './newreno.js';
import { none } from './none.js';

export type { Controller } from './controller.js';

/** Makes the controller of a connection. */
export type MakeController = (settings: EngineSettings) => Controller;

/** The controllers by name. */
export const CONGESTION: Readonly<Record<CongestionName, MakeController>> = {
  none,
  fixed: ({ fixedWindowBytes }) => fixed(fixedWindowBytes),
  newreno: ({ maxDatagramBytes }) => new NewReno(maxDatagramBytes),
  cubic: ({ maxDatagramBytes }) => new Cubic(maxDatagramBytes),
};
