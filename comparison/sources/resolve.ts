/**
 * The program that looks up a name. It runs where DNS knows the name, and prints its IPv4 addresses, or the error's code, as one line of JSON.
 * Usage: resolve.ts NAME RESOLVER
 */
import { Resolver } from "node:dns/promises";

const [name, resolver] = process.argv.slice(2);
if (name === undefined || resolver === undefined) throw new Error("usage: resolve.ts NAME RESOLVER");
const names = new Resolver();
names.setServers([resolver]);
try {
  console.log(JSON.stringify({ addresses: await names.resolve4(name) }));
} catch (error) {
  console.log(JSON.stringify({ code: (error as NodeJS.ErrnoException).code ?? String(error) }));
}
