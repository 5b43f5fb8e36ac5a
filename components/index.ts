/** What every cloud has, and AWS. Each cloud also has an entry point of its own, such as `./aws/index.ts`. */
export * from "./core/index.ts";
export * from "./aws/index.ts";
