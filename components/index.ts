/** What every cloud has, and AWS. Each cloud also has its own entry point, such as `./aws/index.ts`. */
export * from "./core/index.ts";
export * from "./aws/index.ts";
