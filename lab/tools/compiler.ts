/** The C compiler: it compiles the pause program, and decides whether runc can have libseccomp. */
import { exists } from "./cache.ts";
import { CommandError, run } from "./command.ts";

/** The C compiler is missing or cannot link statically. */
export class CompilerError extends Error {
  override name = "CompilerError";
}

const compiler = process.env.CC ?? "gcc";

/** Whether runc can be linked with libseccomp: pkg-config knows it, as runc's build requires, and its static library exists. */
export async function hasSeccomp(signal?: AbortSignal): Promise<boolean> {
  try {
    await run("pkg-config", ["--exists", "libseccomp"], { signal });
    // The compiler prints the bare name if it does not find the file.
    const library = await run(compiler, ["-print-file-name=libseccomp.a"], { signal });
    return await exists(library.trim());
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}

/** Compiles upstream's pause.c with upstream's flags. @throws {CompilerError} */
export async function compilePause(
  source: string,
  version: string,
  to: string,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await run(compiler, ["-Os", "-Wall", "-static", "-s", `-DVERSION=v${version}`, "-o", to, source], {
      signal,
    });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CompilerError(
      `the lab needs a C compiler that links statically, for runc and the pause program of pods: ${error.message}\n` +
        "Install gcc and the static C library: apt-get install gcc libc6-dev, dnf install gcc glibc-static, or pacman -S gcc",
    );
  }
}
