import * as fc from 'fast-check';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import type { Step } from '../../../lib/orchestration/state-machine/step';
import { ChoiceStep } from '../../../lib/orchestration/state-machine/steps/choice-step';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';

/*
 * Programs of steps, choices and loops. The reference compiles a program to edges from the inside out. The library gets
 * the same program as calls of `next`, `when` and `otherwise` in a random order.
 */

type Program =
  | { readonly kind: 'step' | 'end' }
  | { readonly kind: 'sequence'; readonly parts: readonly Program[] }
  | { readonly kind: 'choice'; readonly cases: readonly Program[] }
  | { readonly kind: 'loop'; readonly body: Program };

const { program } = fc.letrec<{ program: Program }>((tie) => ({
  program: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant<Program>({ kind: 'step' }),
    fc.constant<Program>({ kind: 'end' }),
    fc.record({
      kind: fc.constant('sequence' as const),
      parts: fc.array(tie('program'), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('choice' as const),
      cases: fc.array(tie('program'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('loop' as const), body: tie('program') }),
  ),
}));

interface Built {
  readonly start: Step;
  /** Step whose `next` continues the program, or nothing if the program always ends the execution. */
  readonly last?: Step;
  /** Adds the reference edges of the program, which continues with `next`. */
  readonly compile: (next: string | undefined) => void;
}

class Builder {
  /** Calls that build the chain. The calls of one list keep their order. */
  public readonly calls: (() => void)[][] = [];
  public readonly edges: Record<string, unknown> = {};
  private count = 0;

  public build(part: Program): Built {
    switch (part.kind) {
      case 'step':
        return this.step();
      case 'end': {
        const start = new SucceedStep(this.name());
        return { start, compile: () => (this.edges[start.name] = undefined) };
      }
      case 'sequence':
        return part.parts.slice(1).reduce<Built>((before, each) => {
          // Nothing follows an end.
          return before.last === undefined ? before : this.join(before, this.build(each));
        }, this.build(part.parts[0]!));
      case 'choice':
        return this.choice(part.cases.map((each) => this.build(each)));
      case 'loop': {
        const body = this.build(part.body);
        if (body.last === undefined) return body;
        const again = this.step();
        const out = this.step();
        this.calls.push([() => again.start.next(body.start)]);
        return this.join(
          body,
          this.choice([{ start: again.start, compile: () => again.compile(body.start.name) }, out]),
        );
      }
    }
  }

  private step(): Built {
    const start = new PassStep(this.name());
    return { start, last: start, compile: (next) => (this.edges[start.name] = next) };
  }

  private join(before: Built, after: Built): Built {
    this.calls.push([() => before.last?.next(after.start)]);
    return {
      start: before.start,
      last: after.last,
      compile: (next) => {
        before.compile(after.start.name);
        after.compile(next);
      },
    };
  }

  private choice(cases: readonly Built[]): Built {
    const start = new ChoiceStep(this.name());
    this.calls.push(
      cases.map((each, index) => () => {
        if (index === cases.length - 1) start.otherwise(each.start);
        else start.when(StepCondition.isPresent('$.a'), each.start);
      }),
    );
    return {
      start,
      last: cases.some(({ last }) => last !== undefined) ? start : undefined,
      compile: (next) => {
        this.edges[start.name] = cases.map((each) => each.start.name);
        for (const each of cases) each.compile(next);
      },
    };
  }

  private name(): string {
    this.count += 1;
    return `S${this.count}`;
  }
}

const runs = Number(process.env.MODEL_RUNS ?? 300);

test('every order of the calls gives the edges of the reference', () => {
  fc.assert(
    fc.property(program, fc.infiniteStream(fc.nat()), (given, random) => {
      const builder = new Builder();
      const { start, compile } = builder.build(given);
      compile(undefined);
      const pending = builder.calls.map((calls) => [...calls]);
      while (pending.length > 0) {
        const index = (random.next().value as number) % pending.length;
        pending[index]!.shift()?.();
        if (pending[index]!.length === 0) pending.splice(index, 1);
      }
      const { States } = StateMachineDefinition.fromSteps(start).states;
      const actual = Object.fromEntries(
        Object.entries(States).map(([name, { Next, Choices, Default }]) => [
          name,
          Choices ? [...(Choices as { Next: string }[]).map((each) => each.Next), Default] : Next,
        ]),
      );
      expect(actual).toEqual(builder.edges);
    }),
    { numRuns: runs },
  );
});
