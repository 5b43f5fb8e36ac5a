#!/usr/bin/env node
/** The program `pulumi-resource-exposure`, which Pulumi's engine starts when a program in another language uses the components. */
import { main } from "@pulumi/pulumi/provider/index.js";
import { ExposureProvider } from "./provider.ts";

// Not awaited at the top: Pulumi's own starter loads this file by require.
void main(new ExposureProvider(), process.argv.slice(2));
