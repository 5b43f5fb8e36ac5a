/** A controller's configuration file cannot be read, or has a value that is not allowed. */
export class ConfigurationError extends Error {
  readonly line: number;

  constructor(file: string, line: number, reason: string) {
    super(`${file}, line ${line}: ${reason}`);
    this.name = "ConfigurationError";
    this.line = line;
  }
}
