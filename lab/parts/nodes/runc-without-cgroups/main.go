// Runs runc where no cgroup is delegated: takes what concerns cgroups out of a new container's configuration, and becomes
// runc. containerd 2 always asks for a cgroup path and for limits; an ordinary user's namespace can give it neither.
//
// runc is the program of that name beside this one.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// seccomp says whether the runc beside can filter system calls; set at build time.
var seccomp = "false"

func main() {
	if err := run(os.Args); err != nil {
		fmt.Fprintln(os.Stderr, "runc-without-cgroups:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if bundle, creates := bundleOf(args[1:]); creates {
		if err := rewrite(filepath.Join(bundle, "config.json"), seccomp == "true"); err != nil {
			return err
		}
	}
	runc := filepath.Join(filepath.Dir(self), "runc")
	if err := syscall.Exec(runc, append([]string{runc}, args[1:]...), os.Environ()); err != nil {
		return fmt.Errorf("cannot run %s: %w", runc, err)
	}
	return nil
}

// bundleOf finds the bundle of a command that makes a container, which is the working directory unless named.
func bundleOf(args []string) (bundle string, creates bool) {
	command := slices.IndexFunc(args, func(arg string) bool { return arg == "create" || arg == "run" })
	if command < 0 {
		return "", false
	}
	rest := args[command+1:]
	for i, arg := range rest {
		name, value, joined := strings.Cut(arg, "=")
		if name != "--bundle" && name != "-bundle" && name != "-b" {
			continue
		}
		if joined {
			return value, true
		}
		if i+1 < len(rest) {
			return rest[i+1], true
		}
	}
	return ".", true
}

func rewrite(path string, seccomp bool) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text, err = withoutCgroups(text, seccomp)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, text, 0o600)
}

// withoutCgroups leaves every other property as it is, known or not.
func withoutCgroups(config []byte, seccomp bool) ([]byte, error) {
	var spec, linux map[string]json.RawMessage
	if err := json.Unmarshal(config, &spec); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(spec["linux"], &linux); err != nil {
		return nil, errors.Join(errors.New("no container for Linux"), err)
	}
	delete(linux, "cgroupsPath")
	delete(linux, "resources")
	if !seccomp {
		delete(linux, "seccomp")
	}
	var err error
	if spec["linux"], err = json.Marshal(linux); err != nil {
		return nil, err
	}
	return json.Marshal(spec)
}
