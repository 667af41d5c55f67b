/*
 * Parts of a story: filtered steps, one connection's bytes as a dialogue, and the table of connections.
 */
export { type ConnectionRow, connectionIndex, type Directions } from './connection-index.js';
export { filterStory, type StoryFilter } from './filter.js';
export { type Dialogue, follow, type Turn } from './follow.js';
export { type FollowFormat, followBody, followText } from './follow-text.js';
export { withoutPreparation } from './preparation.js';
