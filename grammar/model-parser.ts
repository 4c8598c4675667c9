import { ExperimentParser } from "./experiment-parser.ts";
import * as t from "./tokens.ts";

/** The parser of model files; its start rule is `modelFile`. */
export class ModelParser extends ExperimentParser {
  constructor(options: { readonly validate: boolean } = { validate: false }) {
    super(options);
    this.performSelfAnalysis();
  }

  modelFile = this.RULE("modelFile", () => {
    this.MANY(() => {
      this.SUBRULE(this.declaration);
      this.CONSUME(t.End);
    });
  });

  declaration = this.RULE("declaration", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.version) },
      { ALT: () => this.SUBRULE(this.header) },
      { ALT: () => this.SUBRULE(this.use) },
      { ALT: () => this.SUBRULE(this.parameter) },
      { ALT: () => this.SUBRULE(this.let) },
      { ALT: () => this.SUBRULE(this.kind) },
      { ALT: () => this.SUBRULE(this.spectrum) },
      { ALT: () => this.SUBRULE(this.subsystem) },
      { ALT: () => this.SUBRULE(this.hamiltonian) },
      { ALT: () => this.SUBRULE(this.bath) },
      { ALT: () => this.SUBRULE(this.equation) },
      { ALT: () => this.SUBRULE(this.variant) },
      { ALT: () => this.SUBRULE(this.quantity) },
      { ALT: () => this.SUBRULE(this.state) },
      { ALT: () => this.SUBRULE(this.experiment) },
    ]);
  });

  version = this.RULE("version", () => {
    this.CONSUME(t.declarationKeyword.thermill);
    this.CONSUME(t.NumberToken);
  });

  header = this.RULE("header", () => {
    this.CONSUME(t.declarationKeyword.model);
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.base));
    this.OPTION1(() => this.CONSUME(t.StringToken));
  });

  base = this.RULE("base", () => {
    this.CONSUME(t.Equals);
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.withSettings));
  });

  use = this.RULE("use", () => {
    this.CONSUME(t.declarationKeyword.use);
    this.CONSUME(t.StringToken);
  });

  parameter = this.RULE("parameter", () => {
    this.CONSUME(t.declarationKeyword.parameter);
    this.SUBRULE(this.declaredName);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.CONSUME(t.Name);
    });
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
    this.OPTION1(() => {
      this.CONSUME(t.operatorWord.in);
      this.SUBRULE1(this.expression);
    });
    this.OPTION2(() => this.CONSUME(t.StringToken));
  });

  let = this.RULE("let", () => {
    this.CONSUME(t.declarationKeyword.let);
    this.SUBRULE(this.declaredName);
    this.OPTION(() => this.SUBRULE(this.parameters));
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
    this.OPTION1(() => this.CONSUME(t.StringToken));
  });

  kind = this.RULE("kind", () => {
    this.CONSUME(t.declarationKeyword.kind);
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.parameters));
    this.OPTION1(() => this.CONSUME(t.StringToken));
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      this.SUBRULE(this.kindItem);
      this.CONSUME(t.End);
    });
    this.CONSUME(t.RightBrace);
  });

  spectrum = this.RULE("spectrum", () => {
    this.CONSUME(t.declarationKeyword.spectrum);
    this.CONSUME(t.Name);
    this.SUBRULE(this.parameters);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
    this.OPTION(() => this.CONSUME(t.StringToken));
  });

  subsystem = this.RULE("subsystem", () => {
    this.CONSUME(t.declarationKeyword.subsystem);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.declaredName) });
    this.CONSUME(t.Colon);
    this.CONSUME(t.Name);
    this.OPTION(() => {
      this.CONSUME(t.LeftParenthesis);
      this.AT_LEAST_ONE_SEP1({ SEP: t.Comma, DEF: () => this.SUBRULE(this.kindArgument) });
      this.CONSUME(t.RightParenthesis);
    });
    this.OPTION1(() => this.CONSUME(t.StringToken));
  });

  kindArgument = this.RULE("kindArgument", () => {
    this.OR([{ ALT: () => this.SUBRULE(this.window) }, { ALT: () => this.SUBRULE(this.argument) }]);
  });

  window = this.RULE("window", () => {
    this.CONSUME(t.Name);
    this.CONSUME(t.operatorWord.in);
    this.SUBRULE(this.expression);
  });

  hamiltonian = this.RULE("hamiltonian", () => {
    this.CONSUME(t.declarationKeyword.hamiltonian);
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      this.SUBRULE(this.term);
      this.CONSUME(t.End);
    });
    this.CONSUME(t.RightBrace);
  });

  bath = this.RULE("bath", () => {
    this.CONSUME(t.declarationKeyword.bath);
    this.SUBRULE(this.declaredName);
    this.CONSUME(t.Colon);
    this.CONSUME(t.Name);
    this.OPTION(() => this.CONSUME(t.StringToken));
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      this.SUBRULE(this.bathItem);
      this.CONSUME(t.End);
    });
    this.CONSUME(t.RightBrace);
  });

  equation = this.RULE("equation", () => {
    this.CONSUME(t.declarationKeyword.equation);
    this.CONSUME(t.Name);
    this.OPTION(() => this.CONSUME(t.StringToken));
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      this.SUBRULE(this.equationClause);
      this.CONSUME(t.End);
    });
    this.CONSUME(t.RightBrace);
  });

  variant = this.RULE("variant", () => {
    this.CONSUME(t.declarationKeyword.variant);
    this.CONSUME(t.Name);
    this.OPTION(() => this.CONSUME(t.StringToken));
    this.SUBRULE(this.settings);
  });

  quantity = this.RULE("quantity", () => {
    this.CONSUME(t.declarationKeyword.quantity);
    this.SUBRULE(this.declaredName);
    this.OPTION(() => this.SUBRULE(this.parameters));
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
    this.OPTION1(() => {
      this.CONSUME(t.clauseKeyword.when);
      this.SUBRULE1(this.expression);
    });
    this.OPTION2(() => this.CONSUME(t.StringToken));
  });

  state = this.RULE("state", () => {
    this.CONSUME(t.declarationKeyword.state);
    this.CONSUME(t.Name);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Equals);
          this.SUBRULE(this.expression);
          this.OPTION(() => this.CONSUME(t.StringToken));
        },
      },
      {
        ALT: () => {
          this.OPTION1(() => this.CONSUME1(t.StringToken));
          this.CONSUME(t.LeftBrace);
          this.MANY(() => {
            this.SUBRULE(this.assignment);
            this.CONSUME(t.End);
          });
          this.CONSUME(t.RightBrace);
        },
      },
    ]);
  });

  experiment = this.RULE("experiment", () => {
    this.CONSUME(t.declarationKeyword.experiment);
    this.CONSUME(t.Name);
    this.OPTION(() => this.CONSUME(t.StringToken));
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      this.SUBRULE(this.experimentClause);
      this.CONSUME(t.End);
    });
    this.CONSUME(t.RightBrace);
  });

  /** A name where it is declared, perhaps as an indexed set. */
  declaredName = this.RULE("declaredName", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.index));
  });

  index = this.RULE("index", () => {
    this.CONSUME(t.LeftBracket);
    this.OPTION(() => {
      this.CONSUME(t.Name);
      this.CONSUME(t.operatorWord.in);
    });
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightBracket);
  });

  parameters = this.RULE("parameters", () => {
    this.CONSUME(t.LeftParenthesis);
    this.SUBRULE(this.names);
    this.CONSUME(t.RightParenthesis);
  });
}
