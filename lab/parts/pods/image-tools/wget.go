package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"strings"
	"time"

	"github.com/spf13/pflag"
)

// wget [-q] [-S] [-T SECONDS] [-O FILE] URL, as BusyBox's, whose own crashes with -T where it is linked statically with the GNU C library.
// https://www.busybox.net/downloads/BusyBox.html#wget
func wget() {
	quiet := pflag.BoolP("quiet", "q", false, "say nothing but what failed")
	headers := pflag.BoolP("server-response", "S", false, "print the answer's headers")
	output := pflag.StringP("output-document", "O", "", "the file for the answer; - is the output")
	timeout := pflag.IntP("timeout", "T", 900, "the most seconds")
	pflag.Parse()
	if pflag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: wget [-q] [-S] [-T SECONDS] [-O FILE] URL")
		os.Exit(1)
	}
	client := http.Client{Timeout: time.Duration(*timeout) * time.Second}
	if err := fetch(client, pflag.Arg(0), *output, *headers, *quiet); err != nil {
		fmt.Fprintf(os.Stderr, "wget: %v\n", err)
		os.Exit(1)
	}
}

func fetch(client http.Client, url, output string, headers, quiet bool) error {
	if !strings.Contains(url, "://") {
		url = "http://" + url
	}
	received, err := client.Get(url)
	if err != nil {
		return err
	}
	defer received.Body.Close()
	if headers {
		fmt.Fprintf(os.Stderr, "  %s %s\n", received.Proto, received.Status)
		_ = received.Header.Write(os.Stderr)
	}
	if received.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("server returned error: %s %s", received.Proto, received.Status)
	}
	target := os.Stdout
	if output != "-" {
		if output == "" {
			output = fileOf(received.Request.URL.Path)
		}
		if target, err = os.Create(output); err != nil {
			return err
		}
		defer target.Close()
		if !quiet {
			fmt.Fprintf(os.Stderr, "saving to '%s'\n", output)
		}
	}
	_, err = io.Copy(target, received.Body)
	return err
}

// fileOf is the name of the file for what is at a path.
func fileOf(asked string) string {
	if name := path.Base(asked); name != "/" && name != "." {
		return name
	}
	return "index.html"
}
