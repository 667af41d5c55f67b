/* Chatwire's dissector for Wireshark. */
export { wiresharkPlugin } from './plugin.js';
