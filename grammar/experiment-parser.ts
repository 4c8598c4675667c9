import { BlockParser } from "./block-parser.ts";
import * as t from "./tokens.ts";

/** What stands in the braces of an experiment. */
export class ExperimentParser extends BlockParser {
  experimentClause = this.RULE("experimentClause", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.steady) },
      { ALT: () => this.SUBRULE(this.evolve) },
      { ALT: () => this.SUBRULE(this.withSettings) },
      { ALT: () => this.SUBRULE(this.sweep) },
      { ALT: () => this.SUBRULE(this.record) },
      { ALT: () => this.SUBRULE(this.plot) },
      { ALT: () => this.SUBRULE(this.mark) },
      { ALT: () => this.SUBRULE(this.optimise) },
      { ALT: () => this.SUBRULE(this.find) },
    ]);
  });

  steady = this.RULE("steady", () => {
    this.CONSUME(t.itemKeyword.steady);
    this.SUBRULE(this.names);
  });

  evolve = this.RULE("evolve", () => {
    this.CONSUME(t.itemKeyword.evolve);
    this.SUBRULE(this.names);
    this.CONSUME(t.clauseKeyword.from);
    this.CONSUME(t.Name);
    this.CONSUME(t.clauseKeyword.over);
    this.CONSUME(t.constantWord.time);
    this.CONSUME(t.operatorWord.in);
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(t.clauseKeyword.within);
      this.SUBRULE1(this.expression);
    });
    this.OPTION1(() => {
      this.CONSUME(t.clauseKeyword.by);
      this.CONSUME1(t.Name);
    });
  });

  sweep = this.RULE("sweep", () => {
    this.CONSUME(t.itemKeyword.sweep);
    this.SUBRULE(this.search);
  });

  record = this.RULE("record", () => {
    this.CONSUME(t.itemKeyword.record);
    this.SUBRULE(this.expressions);
  });

  plot = this.RULE("plot", () => {
    this.CONSUME(t.itemKeyword.plot);
    this.SUBRULE(this.expressions);
    this.OPTION(() => {
      this.CONSUME(t.clauseKeyword.against);
      this.SUBRULE1(this.expressions);
    });
    this.OPTION1(() => {
      this.CONSUME(t.clauseKeyword.by);
      this.SUBRULE(this.expression);
    });
    this.OPTION2(() => this.CONSUME(t.StringToken));
  });

  mark = this.RULE("mark", () => {
    this.CONSUME(t.itemKeyword.mark);
    this.SUBRULE(this.expression);
    this.CONSUME(t.clauseKeyword.against);
    this.SUBRULE1(this.expression);
    this.CONSUME(t.clauseKeyword.on);
    this.CONSUME(t.Name);
  });

  optimise = this.RULE("optimise", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.itemKeyword.maximise) },
      { ALT: () => this.CONSUME(t.itemKeyword.minimise) },
    ]);
    this.SUBRULE(this.expression);
    this.CONSUME(t.clauseKeyword.over);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.search) });
  });

  find = this.RULE("find", () => {
    this.CONSUME(t.itemKeyword.find);
    this.SUBRULE(this.expression);
    this.CONSUME(t.clauseKeyword.over);
    this.SUBRULE(this.search);
  });

  /** A parameter and the values it takes. */
  search = this.RULE("search", () => {
    this.SUBRULE(this.designator);
    this.CONSUME(t.operatorWord.in);
    this.SUBRULE(this.expression);
  });
}
