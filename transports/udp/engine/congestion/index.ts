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

/** Makes the controller of a connection whose datagrams have so many bytes at first. */
export type MakeController = (settings: EngineSettings, datagramBytes: number) => Controller;

/** The controllers by name. */
export const CONGESTION: Readonly<Record<CongestionName, MakeController>> = {
  none,
  fixed: ({ fixedWindowBytes }) => fixed(fixedWindowBytes),
  newreno: (_settings, datagramBytes) => new NewReno(datagramBytes),
  cubic: (_settings, datagramBytes) => new Cubic(datagramBytes),
};
