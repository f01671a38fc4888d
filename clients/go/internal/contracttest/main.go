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
	ServerStreaming bool   `json:"serverStreaming"`
	Behaviour       string `json:"behaviour"`
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
	if err := ask(base+"/cases", nil, &cases); err != nil {
		return nil, err
	}
	clients := map[string]*isthmus.Client{}
	for _, one := range cases {
		url := fmt.Sprintf("%s/cases/%d/", base, one.ID)
		var asked begun
		if err := ask(url+"begin", map[string]string{"language": language}, &asked); err != nil {
			return failed, err
		}
		client := clients[one.Address]
		if client == nil {
			if client, err = dial(one.Address); err != nil {
				return failed, err
			}
			defer client.Close()
			clients[one.Address] = client
		}
		var verdict struct {
			Passed  bool   `json:"passed"`
			Problem string `json:"problem"`
		}
		if err := ask(url+"end", perform(client, one, asked), &verdict); err != nil {
			return failed, err
		}
		if !verdict.Passed {
			failed = append(failed, one.Name+": "+verdict.Problem)
		}
	}
	return failed, nil
}

func dial(address string) (*isthmus.Client, error) {
	return isthmus.Dial(
		isthmus.WithRetrieval(address), isthmus.WithRepresentation(address),
		isthmus.WithAttestation(address), isthmus.WithAdmin(address), isthmus.WithInsecure(),
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
