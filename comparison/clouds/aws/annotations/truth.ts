const words = {
  true: ["1", "t", "T", "TRUE", "true", "True"],
  false: ["0", "f", "F", "FALSE", "false", "False"],
};

/** As both controllers read it: https://pkg.go.dev/strconv#ParseBool; undefined for any other word. */
export function truth(word: string): boolean | undefined {
  return words.true.includes(word) ? true : words.false.includes(word) ? false : undefined;
}
