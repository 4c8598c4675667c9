import { CstParser } from "chevrotain";
import { expectationProvider } from "./expectation.ts";
import * as t from "./tokens.ts";

/** Tokens that the parser looks at before it chooses a way. */
export const LOOKAHEAD = 2;

/**
 * Expressions. Operators stand in one flat list, whatever their precedence: `src/syntax` builds the tree from
 * `precedence.ts`, so that long sums are neither deep nor slow.
 */
export class ExpressionParser extends CstParser {
  /** Validation of the grammar itself belongs to its tests. */
  constructor(options: { readonly validate: boolean }) {
    super([...t.parserTokens], {
      maxLookahead: LOOKAHEAD,
      nodeLocationTracking: "onlyOffset",
      recoveryEnabled: false,
      skipValidations: !options.validate,
      errorMessageProvider: expectationProvider,
    });
  }

  expression = this.RULE("expression", () => {
    this.SUBRULE(this.operand);
    this.MANY(() => {
      this.CONSUME(t.BinaryOperator);
      this.SUBRULE1(this.operand);
    });
  });

  operand = this.RULE("operand", () => {
    this.MANY(() => this.SUBRULE(this.prefix));
    this.SUBRULE(this.atom);
    this.MANY1(() => this.SUBRULE(this.postfix));
  });

  prefix = this.RULE("prefix", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.PrefixOperator) },
      {
        ALT: () => {
          this.CONSUME(t.operatorWord.sum);
          this.CONSUME(t.LeftParenthesis);
          this.CONSUME(t.Name);
          this.OPTION(() => {
            this.CONSUME(t.operatorWord.in);
            this.SUBRULE(this.expression);
          });
          this.CONSUME(t.RightParenthesis);
        },
      },
    ]);
  });

  atom = this.RULE("atom", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.NumberToken) },
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.Constant) },
      { ALT: () => this.CONSUME(t.HermitianConjugate) },
      { ALT: () => this.SUBRULE(this.group) },
      { ALT: () => this.SUBRULE(this.list) },
      {
        ALT: () => {
          this.SUBRULE(this.ket);
          this.OPTION(() => this.SUBRULE(this.bra));
        },
      },
    ]);
  });

  group = this.RULE("group", () => {
    this.CONSUME(t.LeftParenthesis);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightParenthesis);
  });

  list = this.RULE("list", () => {
    this.CONSUME(t.LeftBracket);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RightBracket);
  });

  ket = this.RULE("ket", () => {
    this.CONSUME(t.KetOpen);
    this.SUBRULE(this.expressions);
    this.CONSUME(t.KetClose);
  });

  bra = this.RULE("bra", () => {
    this.CONSUME(t.BraOpen);
    this.SUBRULE(this.expressions);
    this.CONSUME(t.BraClose);
  });

  postfix = this.RULE("postfix", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Dagger) },
      { ALT: () => this.SUBRULE(this.member) },
      { ALT: () => this.SUBRULE(this.subscript) },
      { ALT: () => this.SUBRULE(this.call) },
    ]);
  });

  member = this.RULE("member", () => {
    this.CONSUME(t.Dot);
    this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      {
        ALT: () => {
          this.SUBRULE(this.ket);
          this.SUBRULE(this.bra);
        },
      },
    ]);
  });

  subscript = this.RULE("subscript", () => {
    this.CONSUME(t.LeftBracket);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightBracket);
  });

  call = this.RULE("call", () => {
    this.CONSUME(t.LeftParenthesis);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.argument) });
    this.CONSUME(t.RightParenthesis);
  });

  argument = this.RULE("argument", () => {
    this.OPTION(() => {
      this.CONSUME(t.Name);
      this.CONSUME(t.Equals);
    });
    this.SUBRULE(this.expression);
  });

  expressions = this.RULE("expressions", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
  });

  /** A name that is declared elsewhere, perhaps one of an indexed set. */
  designator = this.RULE("designator", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.subscript));
  });

  designators = this.RULE("designators", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.designator) });
  });

  names = this.RULE("names", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Name) });
  });
}
