/** The demo page: events come in, panels show them, and what somebody does goes out. */
import { DemoPage } from './demo-page.ts';

new DemoPage().start();
