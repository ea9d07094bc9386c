import type { Database } from '../db/database.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Engine } from '../engines/engine.ts';
import type { Reach } from './effect.ts';
import { effect } from './effect.ts';

/** What the steps work with; built by workers/ and by tests. */
export interface Dependencies {
  database: Database;
  /** Engines by name. A dream names a model, and the model's id says which engine answers. */
  engines: Partial<Record<Engine['name'], Engine>>;
  /** Told of each fault point; for tests. */
  reach?: Reach | undefined;
}

/** The engine that a model id goes to. Nothing falls back by itself. */
export function engineFor(dependencies: Dependencies, model: string): Engine {
  const name = model === 'offline' ? 'offline' : model.startsWith('recorded:') ? 'recorded' : 'claude';
  const engine = dependencies.engines[name];
  if (engine !== undefined) return withFaultPoints(dependencies, engine);
  throw new DreamsError('engine_unknown', `The model "${model}" needs the ${name} engine, which this worker does not have.`, {
    hint: 'Use the model "offline".',
  });
}

/** A question may cost money, so asking one is an effect. */
function withFaultPoints(dependencies: Dependencies, engine: Engine): Engine {
  return {
    name: engine.name,
    version: engine.version,
    packSize: engine.packSize,
    itemsInPack: engine.itemsInPack,
    extractFacts: (question, call) => effect(dependencies, 'extractFacts.ask', () => engine.extractFacts(question, call)),
    reconcileGroups: (question, call) => effect(dependencies, 'reconcileGroup.ask', () => engine.reconcileGroups(question, call)),
    minePatterns: (question, call) => effect(dependencies, 'minePatterns.ask', () => engine.minePatterns(question, call)),
  };
}
