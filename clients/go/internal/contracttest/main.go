// Command contracttest makes every call of the contract through the client and reports how it ended (clients/README.md).
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"

	isthmus "github.com/isthmus-mesh/isthmus/clients/go"
)

const language = "go"

// contractCase is a case as the server lists it.
type contractCase struct {
	ID              int    `json:"id"`
	Name            string `json:"name"`
	Method          string `json:"method"`
	Address         string `json:"address"`
	TLS             *files `json:"tls"`
	ServerStreaming bool   `json:"serverStreaming"`
	Behaviour       string `json:"behaviour"`
}

// files are the certificates of a caller.
type files struct {
	CA, Certificate, Key string
}

// begun is what a case asks for; bytes are base64 in JSON.
type begun struct {
	Requests   [][]byte `json:"requests"`
	DeadlineMs *int64   `json:"deadlineMs"`
}

// outcome is how a call ended.
type outcome struct {
	Language   string      `json:"language"`
	Code       string      `json:"code"`
	Reason     string      `json:"reason"`
	Domain     string      `json:"domain"`
	Message    string      `json:"message"`
	Violations []violation `json:"violations"`
	Answers    [][]byte    `json:"answers"`
}

type violation struct {
	Field       string `json:"field"`
	Description string `json:"description"`
}

func main() {
	failed, err := runAll(os.Getenv("ISTHMUS_CONTRACT_URL"))
	for _, line := range failed {
		fmt.Println(line)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if err != nil || len(failed) > 0 {
		os.Exit(1)
	}
}

func runAll(base string) (failed []string, err error) {
	var cases []contractCase
	if err := ask(base+"/cases?can=tls,drain", nil, &cases); err != nil {
		return nil, err
	}
	clients := map[string]*isthmus.Client{}
	for _, one := range cases {
		url := fmt.Sprintf("%s/cases/%d/", base, one.ID)
		var asked begun
		if err := ask(url+"begin", map[string]string{"language": language}, &asked); err != nil {
			return failed, err
		}
		place := fmt.Sprint(one.Address, one.TLS)
		if one.TLS != nil {
			place = fmt.Sprint(one.Address, *one.TLS)
		}
		client := clients[place]
		if client == nil {
			if client, err = dial(one.Address, one.TLS); err != nil {
				return failed, err
			}
			defer client.Close()
			clients[place] = client
		}
		first := func() error { return ask(url+"first", map[string]string{}, &struct{}{}) }
		var verdict struct {
			Passed  bool   `json:"passed"`
			Problem string `json:"problem"`
		}
		if err := ask(url+"end", perform(client, one, asked, first), &verdict); err != nil {
			return failed, err
		}
		if !verdict.Passed {
			failed = append(failed, one.Name+": "+verdict.Problem)
		}
	}
	return failed, nil
}

func dial(address string, caller *files) (*isthmus.Client, error) {
	protection := isthmus.WithInsecure()
	if caller != nil {
		certificates, err := isthmus.ReadTLS(caller.CA, caller.Certificate, caller.Key)
		if err != nil {
			return nil, err
		}
		protection = isthmus.WithTLS(certificates)
	}
	return isthmus.Dial(
		isthmus.WithRetrieval(address), isthmus.WithRepresentation(address),
		isthmus.WithAttestation(address), isthmus.WithAdmin(address), protection,
	)
}

// ask gets an address, or posts a body to it.
func ask(url string, body, answer any) error {
	var response *http.Response
	var err error
	if body == nil {
		response, err = http.Get(url)
	} else {
		var content []byte
		if content, err = json.Marshal(body); err != nil {
			return err
		}
		response, err = http.Post(url, "application/json", bytes.NewReader(content))
	}
	if err != nil {
		return err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s %s", url, response.Status, content)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(content, answer)
}
