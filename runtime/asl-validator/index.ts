/* eslint-disable @typescript-eslint/no-require-imports -- what one of them exports is replaced for the other */
import ajv = require('ajv');
import validate = require('asl-validator');
/* eslint-enable */

const Ajv = ajv.default;

/** One compiler for all: what is said to it a second time, it knows. */
class Compiler extends Ajv {
  private static one?: Compiler;

  constructor(options: object) {
    if (Compiler.one) return Compiler.one;
    super(options);
    Compiler.one = this;
  }

  public override addKeyword(keyword: Parameters<InstanceType<typeof Ajv>['addKeyword']>[0]): this {
    const { keyword: name } = typeof keyword === 'string' ? { keyword } : keyword;
    const isKnown = [name].flat().some((each) => each !== undefined && this.getKeyword(each));
    if (!isKnown) super.addKeyword(keyword);
    return this;
  }
}

/*
 * The validator makes a compiler of schemas for each definition, and compiling takes a third of a second. Its schemas
 * and options are the same each time.
 */
ajv.default = Compiler as unknown as typeof Ajv;

export default validate;
