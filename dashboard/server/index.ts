/** The demo's web server, and the run that it shows. */
export { DemoError } from './demo-error.ts';
export type { DemoErrorCode } from './demo-error.ts';
export type { DemoRun, RowQuery, Signal } from './demo-run.ts';
export { PAGE_FOLDER } from './page-files.ts';
export { SPEED } from './request-schemas.ts';
export { openDemoServer } from './server.ts';
export type { DemoServer, DemoServerOptions } from './server.ts';
export type { StartRun } from './stage.ts';
export { startLiveDemo } from './start-live-demo.ts';
export type { LiveDemoOptions } from './start-live-demo.ts';
