package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"golang.org/x/term"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// shell is bash as mvdan.cc/sh interprets it: sh [-eux] [-c COMMAND | FILE] [ARGUMENT …]
func shell() {
	err := runShell(os.Args[1:])
	var status interp.ExitStatus
	switch {
	case errors.As(err, &status):
		os.Exit(int(status))
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func runShell(args []string) error {
	options, isCommand, rest := splitArguments(args)
	var source io.Reader = os.Stdin
	name := ""
	switch {
	case isCommand && len(rest) == 0:
		return errors.New("sh: -c needs a command")
	case isCommand:
		source, rest = strings.NewReader(rest[0]), rest[1:]
	case len(rest) > 0:
		name = rest[0]
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		source = file
	}
	// The first that follows a command, and the file, is $0.
	if len(rest) > 0 {
		rest = rest[1:]
	}
	isTalk := source == os.Stdin && term.IsTerminal(int(os.Stdin.Fd()))
	runner, err := interp.New(
		interp.Interactive(isTalk),
		interp.StdIO(os.Stdin, os.Stdout, os.Stderr),
		interp.Params(append(append(options, "--"), rest...)...),
	)
	if err != nil {
		return err
	}
	if isTalk {
		return talk(runner)
	}
	program, err := syntax.NewParser().Parse(source, name)
	if err != nil {
		return err
	}
	return runner.Run(context.Background(), program)
}

// splitArguments separates the options, of which several may share a dash, from what follows them.
func splitArguments(args []string) (options []string, isCommand bool, rest []string) {
	for index, arg := range args {
		if arg == "--" {
			return options, isCommand, args[index+1:]
		}
		letters, isOption := strings.CutPrefix(arg, "-")
		if !isOption || letters == "" {
			return options, isCommand, args[index:]
		}
		for _, letter := range letters {
			switch letter {
			case 'c':
				isCommand = true
			case 'e', 'u', 'x':
				options = append(options, "-"+string(letter))
			}
		}
	}
	return options, isCommand, nil
}

// talk runs the commands that are typed at a terminal.
func talk(runner *interp.Runner) error {
	// An interrupt ends the command in the foreground, not the shell.
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	go func() {
		for range interrupts {
		}
	}()
	prompt := "$ "
	if os.Getuid() == 0 {
		prompt = "# "
	}
	fmt.Print(prompt)
	parser := syntax.NewParser()
	for statements, err := range parser.InteractiveSeq(os.Stdin) {
		if err != nil {
			return err
		}
		if parser.Incomplete() {
			fmt.Print("> ")
			continue
		}
		for _, statement := range statements {
			err := runner.Run(context.Background(), statement)
			if runner.Exited() {
				return err
			}
		}
		fmt.Print(prompt)
	}
	fmt.Println()
	return nil
}
