/* A story as a picture of pixels. */
export { lettersMissing, PngError, type PngOptions, png } from './png.js';
