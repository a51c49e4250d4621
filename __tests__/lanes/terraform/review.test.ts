import { readPlan, readSynthesizedStack } from '../../../lib/model';
import { joinPlans } from '../../../lib/model/join';
import { reviewPlans, type Review } from '../../../lib/review';
import { noLab, temporaryFolder, testUnless } from './lab';
import { PlanSession } from './plan-session';
import { CASES } from './review-changes';
import { shown } from './review-shown';
import { environmentsUnless } from './synthesized';

/*
 * Reviews of plans that Terraform makes of the stacks of this repository: created, changed and destroyed. A snapshot is
 * what a reviewer reads.
 */

const scratch = temporaryFolder();
const judged = testUnless(noLab);
const stacks = environmentsUnless(scratch, noLab).map(({ name, folder }) => ({
  stack: name.replace('stacks/', ''),
  folder,
}));
const sessions = new Map<string, PlanSession>();

/** The session of a stack, whose creation and apply are shared. */
function sessionOf(stack: string, folder: string): PlanSession {
  const known = sessions.get(stack) ?? new PlanSession(scratch, folder);
  sessions.set(stack, known);
  return known;
}

function reviewed(stack: string, plan: unknown, text: string): Review {
  const plans = { stacks: [readPlan(plan, { name: stack })] };
  const synthesized = { stacks: [readSynthesizedStack(JSON.parse(text), { name: stack })] };
  return reviewPlans(joinPlans(plans, synthesized), { today: '2026-11-26' });
}

/** Verdicts and losses of a large review. */
function outline({ access, stacks, coverage }: Review): object {
  return {
    counts: stacks[0]!.counts,
    access: access.map(({ verdict, subject }) => `${verdict} ${subject}`),
    losses: stacks[0]!.changes
      .filter(({ isStatefulLoss }) => isStatefulLoss)
      .map(({ address, notes }) => `${address}: ${notes.join(' ')}`),
    coverage,
  };
}

describe.each(stacks)('$stack', ({ stack, folder }) => {
  judged('is created', () => {
    const session = sessionOf(stack, folder);
    expect(
      outline(
        reviewed(
          stack,
          session.plan(),
          session.changed(() => undefined),
        ),
      ),
    ).toMatchSnapshot();
    session.apply();
  });

  const cases = CASES.filter((each) => each.stack === stack);
  // The second plan of every stack is empty in stacks.test.ts. A table without a row is an error of Jest.
  if (cases.length > 0) {
    judged.each(cases)('$title', ({ change, options }) => {
      const session = sessionOf(stack, folder);
      const text = session.changed(change ?? (() => undefined));
      const output = shown(reviewed(stack, session.plan(text, options), text));
      expect(output).toMatchSnapshot();
      expect(output).not.toContain('hunter2');
    });

    judged('does not change without a change', () => {
      const session = sessionOf(stack, folder);
      const review = reviewed(
        stack,
        session.plan(),
        session.changed(() => undefined),
      );
      expect([review.access, review.stacks[0]!.counts]).toEqual([[], {}]);
    });
  }

  judged('is destroyed', () => {
    const session = sessionOf(stack, folder);
    const text = session
      .changed(() => undefined)
      .replaceAll('"prevent_destroy":true', '"prevent_destroy":false');
    const plan = session.plan(text, { args: ['-destroy'] });
    session.stop();
    const review = reviewed(stack, plan, text);
    expect(outline(review)).toMatchSnapshot();
    expect(review.access.map(({ verdict }) => verdict)).not.toContain('broadened');
  });
});
