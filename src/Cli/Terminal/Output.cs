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
    /// <summary>Columns when the output is no terminal, so that tables in files and pipes are never folded.</summary>
    private const int WidthOfPipe = 200;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly TextWriter _out;
    private readonly IAnsiConsole _errors;

    public Output(TextWriter standardOutput, TextWriter standardError, bool isJson)
    {
        _out = standardOutput;
        IsJson = isJson;
        Console = Create(standardOutput);
        _errors = Create(standardError);
    }

    public bool IsJson { get; }

    /// <summary>For people only; a command writes here when <see cref="IsJson"/> is false.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>The command's answer in both forms.</summary>
    public void Answer(JsonObject json, Action<IAnsiConsole> text)
    {
        if (IsJson) _out.WriteLine(json.ToJsonString(Indented));
        else text(Console);
    }

    /// <summary>A line on the way to the answer, for people only.</summary>
    public void Say(string line)
    {
        if (!IsJson) Console.WriteLine(line);
    }

    /// <summary>A warning on standard error in both forms.</summary>
    public void Warn(string line) => _errors.Write(new Text(line + "\n", new Style(Color.Yellow)));

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
        _errors.Write(new Text("Error: ", new Style(Color.Red, decoration: Decoration.Bold)));
        _errors.Write(new Text($"{error.What}\n"));
        _errors.Write(new Text(
            $"  Why: {error.Why}\n  What to do: {error.Remedy}\n  ({JsonNames.Of(error.Code)}{number})\n"));
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
        if (error.ResultCode == 0) return json;
        json["result_code"] = error.ResultCode;
        json["result_name"] = ErrorCatalog.NameOf(error.ResultCode);
        return json;
    }

    private static IAnsiConsole Create(TextWriter writer)
    {
        AnsiConsoleOutput target = new(writer);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = target.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = target.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!target.IsTerminal) console.Profile.Width = WidthOfPipe;
        return console;
    }
}
