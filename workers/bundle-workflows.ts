import { stdout } from 'node:process';
import { bundleWorkflowCode } from '@temporalio/worker';
import { workflowsPath } from '../config/workflow-bundle.ts';

/** Writes the bundled workflow code to its output: a process of its own, because the bundler's memory is never given back. */
const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
// Statistics of the bundler are worth no line; what goes wrong is thrown.
const { code } = await bundleWorkflowCode({ workflowsPath, logger: quiet });
stdout.write(code);
