/*
 * The congestion controllers that there are, by name.
 */
import type { CongestionName } from '../../wire/packets.js';
import type { EngineSettings } from '../settings.js';
import type { Controller } from './controller.js';
import { fixed } from './fixed.js';
import { NewReno } from './newreno.js';

export type { Controller } from './controller.js';

/** Makes the controller of a connection. */
export type MakeController = (settings: EngineSettings) => Controller;

/** The controllers by name. */
export const CONGESTION: Readonly<Partial<Record<CongestionName, MakeController>>> = {
  fixed: ({ fixedWindowBytes }) => fixed(fixedWindowBytes),
  newreno: ({ maxDatagramBytes }) => new NewReno(maxDatagramBytes),
};
