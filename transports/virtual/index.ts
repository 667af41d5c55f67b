/*
 * Virtual time for whole programs: a machine whose network, randomness and clock are made up, so that a run over UDP is
 * the same each time. Figures are drawn from such runs; the simulator (test/simulator) drives the bare machines instead.
 */
export { type VirtualMachine, type VirtualMachineOptions, virtualMachine } from './machine.js';
export { type VirtualNetworkOptions, virtualNetwork } from './network.js';
export type { Keeper } from './wire.js';
