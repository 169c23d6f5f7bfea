using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Client.Errors;
using Spectre.Console;

namespace Chain.Cli.Terminal;

/// <summary>
/// Where answers go. With <c>--json</c> a command prints exactly one JSON object on standard output and nothing else there;
/// otherwise text for people. Failures go to standard error, and as the one object with <c>--json</c>.
/// </summary>
internal sealed class Output
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly TextWriter _out;
    private readonly Screen _errors;

    public Output(TextWriter standardOutput, TextWriter standardError, bool isJson)
    {
        _out = standardOutput;
        IsJson = isJson;
        Screen = Screen.Of(standardOutput);
        _errors = Screen.Of(standardError);
    }

    public bool IsJson { get; }

    /// <summary>For people only; a command writes here when <see cref="IsJson"/> is false.</summary>
    public Screen Screen { get; }

    /// <summary>The command's answer in both forms.</summary>
    public void Answer(JsonObject json, Action<Screen> text)
    {
        if (IsJson) _out.WriteLine(json.ToJsonString(Indented));
        else text(Screen);
    }

    /// <summary>A line on the way to the answer, for people only.</summary>
    public void Say(string line)
    {
        if (!IsJson) Screen.WriteLine(line);
    }

    /// <summary>A warning on standard error in both forms.</summary>
    public void Warn(string line) => _errors.WriteLine(line, Color.Yellow);

    /// <summary>How far a long command is: a line on standard error, for people only.</summary>
    public void Progress(string line)
    {
        if (!IsJson) _errors.WriteLine(line);
    }

    /// <param name="details">What else programs may want to know, beside the error.</param>
    public void Fail(ClientError error, JsonObject? details = null)
    {
        if (IsJson)
        {
            JsonObject json = details ?? [];
            json["error"] = ErrorJson(error);
            _out.WriteLine(json.ToJsonString(Indented));
            return;
        }
        string number = error.ResultCode == 0 ? ""
            : $", chain code {error.ResultCode} {ErrorCatalog.NameOf(error.ResultCode)}";
        _errors.WriteMarked("Error: ", Color.Red, error.What);
        _errors.WriteLine($"  Why: {error.Why}");
        _errors.WriteLine($"  What to do: {error.Remedy}");
        if (error.Command.Count > 0) _errors.Command(error.Command);
        _errors.WriteLine($"  ({JsonNames.Of(error.Code)}{number})");
    }

    private static JsonObject ErrorJson(ClientError error)
    {
        JsonObject json = new()
        {
            ["code"] = JsonNames.Of(error.Code),
            ["what"] = error.What,
            ["why"] = error.Why,
            ["remedy"] = error.Remedy,
        };
        if (error.Command.Count > 0) json["command"] = ShellQuote.Line(error.Command);
        if (error.ResultCode == 0) return json;
        json["result_code"] = error.ResultCode;
        json["result_name"] = ErrorCatalog.NameOf(error.ResultCode);
        return json;
    }
}
