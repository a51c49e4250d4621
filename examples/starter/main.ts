import { App } from 'cdktf';
import { NightlyStack } from './nightly-stack';

const app = new App();
new NightlyStack(app, 'nightly');
app.synth();
