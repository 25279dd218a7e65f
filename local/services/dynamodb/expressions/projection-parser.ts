import { parsePath } from './operand-parser';
import type { PathSyntax } from './syntax';
import { TokenReader } from './token';

/** Parses a ProjectionExpression: paths, separated by commas. */
export function parseProjection(expression: string): readonly PathSyntax[] {
  const reader = new TokenReader(expression);
  const paths = [parsePath(reader)];
  while (reader.takeSymbol(',')) paths.push(parsePath(reader));
  reader.expectEnd();
  return paths;
}
