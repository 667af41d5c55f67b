/* A story as a picture of pixels. */
export { PngError, type PngOptions, png } from './png.js';
