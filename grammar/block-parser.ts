import { ExpressionParser } from "./expression-parser.ts";
import * as t from "./tokens.ts";

/** What stands in the braces of kinds, Hamiltonians, baths, equations and states, and `with { … }`. */
export class BlockParser extends ExpressionParser {
  setting = this.RULE("setting", () => {
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  settings = this.RULE("settings", () => {
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      this.SUBRULE(this.setting);
      this.CONSUME(t.End);
    });
    this.CONSUME(t.RightBrace);
  });

  withSettings = this.RULE("withSettings", () => {
    this.CONSUME(t.itemKeyword.with);
    this.SUBRULE(this.settings);
  });

  kindItem = this.RULE("kindItem", () => {
    this.OR([{ ALT: () => this.SUBRULE(this.basis) }, { ALT: () => this.SUBRULE(this.operator) }]);
  });

  basis = this.RULE("basis", () => {
    this.CONSUME(t.itemKeyword.basis);
    this.CONSUME(t.Name);
    this.CONSUME(t.operatorWord.in);
    this.SUBRULE(this.expression);
  });

  operator = this.RULE("operator", () => {
    this.CONSUME(t.itemKeyword.operator);
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
    this.OPTION(() => this.CONSUME(t.StringToken));
  });

  term = this.RULE("term", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.itemKeyword.free) },
      { ALT: () => this.CONSUME(t.itemKeyword.interaction) },
      { ALT: () => this.CONSUME(t.itemKeyword.drive) },
      { ALT: () => this.CONSUME(t.itemKeyword.frame) },
    ]);
    this.OPTION(() => {
      this.CONSUME(t.Name);
      this.CONSUME(t.Colon);
    });
    this.SUBRULE(this.expression);
  });

  bathItem = this.RULE("bathItem", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.coupling) },
      { ALT: () => this.SUBRULE(this.jump) },
      { ALT: () => this.SUBRULE(this.setting) },
    ]);
  });

  coupling = this.RULE("coupling", () => {
    this.CONSUME(t.itemKeyword.couples);
    this.SUBRULE(this.expression);
  });

  jump = this.RULE("jump", () => {
    this.CONSUME(t.itemKeyword.jump);
    this.SUBRULE(this.expression);
  });

  equationClause = this.RULE("equationClause", () => {
    this.CONSUME(t.Name);
    this.SUBRULE(this.designators);
    this.OPTION(() => this.SUBRULE(this.withSettings));
  });

  assignment = this.RULE("assignment", () => {
    this.SUBRULE(this.designators);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });
}
