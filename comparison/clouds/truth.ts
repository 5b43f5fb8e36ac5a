const words = {
  true: ["1", "t", "T", "TRUE", "true", "True"],
  false: ["0", "f", "F", "FALSE", "false", "False"],
};

/** As controllers read it, and Kubernetes reads labels: https://pkg.go.dev/strconv#ParseBool; undefined for any other word. */
export function truth(word: string): boolean | undefined {
  return words.true.includes(word) ? true : words.false.includes(word) ? false : undefined;
}
