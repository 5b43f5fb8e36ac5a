// Tools for images, in one program that tells from the name it was called by which one it is: what upstream's image of agnhost has beyond BusyBox,
// with the options that people and Kubernetes' specs use. The shell is one of them because BusyBox's own prefers BusyBox's nc to any other.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

var tools = map[string]func(){"bash": shell, "curl": curl, "dig": dig, "getent": getent, "nc": nc, "nslookup": nslookup, "sh": shell, "wget": wget}

func main() {
	run, known := tools[filepath.Base(os.Args[0])]
	if !known {
		fmt.Fprintln(os.Stderr, "call this program by the name of a tool: sh, bash, curl, dig, getent, nc, nslookup or wget")
		os.Exit(2)
	}
	run()
}
