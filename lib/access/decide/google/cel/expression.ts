/** An expression of the Common Expression Language. Equal expressions have equal JSON. */
export type Expression =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A number or `null`, as written. */
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'name'; readonly name: string }
  /** `of.field`, or `of['field']`. */
  | { readonly kind: 'field'; readonly of: Expression; readonly field: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly key: Expression }
  /** `name(args)`, or `of.name(args)`. */
  | {
      readonly kind: 'call';
      readonly of: Expression | undefined;
      readonly name: string;
      readonly args: readonly Expression[];
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'conditional'; readonly parts: readonly Expression[] };

/** Name of an attribute such as `assertion.sub`; undefined if the expression is not a field of a variable. */
export function attributeOf(expression: Expression): string | undefined {
  return expression.kind === 'field' && expression.of.kind === 'name'
    ? `${expression.of.name}.${expression.field}`
    : undefined;
}
