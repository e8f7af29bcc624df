/** The demo: a live run on a web page, held against the truth while it goes on. */
export { DemoError, openDemoServer, PAGE_FOLDER, SPEED, startLiveDemo } from './server/index.ts';
export type {
  DemoErrorCode,
  DemoRun,
  DemoServer,
  DemoServerOptions,
  LiveDemoOptions,
  StartRun,
} from './server/index.ts';
