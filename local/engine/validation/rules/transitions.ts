import { isFields, type Scope, type StateNode } from '../definition-tree';
import { type Diagnostic, errorOf } from '../diagnostic';

interface Transition {
  readonly target: unknown;
  readonly location: string;
}

/** Targets that are not there, a scope without an end, states that nothing leads to. */
export function transitions(scope: Scope): Diagnostic[] {
  if (!isFields(scope.fields.States) || scope.fields.StartAt === undefined) return [];
  const byName = new Map(scope.states.map((state) => [state.name, state]));
  const all = [
    { target: scope.fields.StartAt, location: `${scope.location}/StartAt` },
    ...scope.states.flatMap(transitionsOf),
  ];
  const found = all
    .filter(({ target }) => !byName.has(String(target)))
    .map(({ target, location }) => errorOf('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, location));
  // Branches and item processors without an end pass.
  if (scope.kind === 'machine' && scope.states.length > 0 && !scope.states.some(isTerminal)) {
    return [...found, errorOf('MISSING_END_STATE', 'Workflow has no terminal state')];
  }
  // AWS looks one step back only: a state counts as reached when anything leads to it.
  const reached = new Set(all.map(({ target }) => String(target)));
  for (const { name, location } of scope.states) {
    if (!reached.has(name))
      found.push(errorOf('MISSING_TRANSITION_TARGET', `State "${name}" is not reachable.`, location));
  }
  return found;
}

function transitionsOf({ fields, location }: StateNode): Transition[] {
  const found: Transition[] = [];
  const add = (target: unknown, where: string) => {
    if (target !== undefined) found.push({ target, location: `${location}/${where}` });
  };
  add(fields.Next, 'Next');
  add(fields.Default, 'Default');
  for (const list of ['Choices', 'Catch']) {
    const items = fields[list];
    if (!Array.isArray(items)) continue;
    items.forEach((item, index) => {
      if (isFields(item)) add(item.Next, `${list}[${index}]/Next`);
    });
  }
  return found;
}

function isTerminal({ fields }: StateNode): boolean {
  return fields.End === true || fields.Type === 'Succeed' || fields.Type === 'Fail';
}
