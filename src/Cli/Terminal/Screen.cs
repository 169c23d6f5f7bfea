using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Spectre.Console;

namespace Chain.Cli.Terminal;

/// <summary>
/// Text for people. On a terminal sentences are wrapped between words at its width; into a file or a pipe every sentence and row is
/// one line. Commands, ids and paths are never broken.
/// </summary>
/// <param name="width">Columns of the terminal; null where the output is none.</param>
internal sealed class Screen(TextWriter writer, IAnsiConsole ansi, int? width)
{
    public int? Width => width;

    /// <summary>For <paramref name="writer"/>: with colours only on a terminal, and never where NO_COLOR is set.</summary>
    public static Screen Of(TextWriter writer)
    {
        AnsiConsoleOutput target = new(writer);
        bool isColoured = target.IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = isColoured ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isColoured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        int? columns = target.IsTerminal && target.Width > 0 ? target.Width : null;
        // Lines are wrapped here, where words stay whole.
        console.Profile.Width = int.MaxValue;
        return new Screen(writer, console, columns);
    }

    public void WriteLine() => writer.WriteLine();

    /// <summary>A sentence. Further lines begin below its first word.</summary>
    public void WriteLine(string text)
    {
        string[] lines = text.Split('\n');
        foreach (string line in lines)
        {
            string indent = line[..(line.Length - line.TrimStart().Length)];
            foreach (string part in Wrap(line.TrimStart(), indent.Length)) writer.WriteLine(indent + part);
        }
    }

    public void WriteLine(string text, Color color, bool isBold = false)
    {
        foreach (string part in Wrap(text, 0)) Write(part + "\n", color, isBold);
    }

    /// <summary>A mark in colour before a sentence, whose further lines begin below its first word.</summary>
    public void WriteMarked(string mark, Color color, string text)
    {
        Write(mark, color);
        string indent = "";
        foreach (string part in Wrap(text, mark.Length))
        {
            writer.WriteLine(indent + part);
            indent = new string(' ', mark.Length);
        }
    }

    /// <summary>Text in colour, without the end of a line.</summary>
    public void Write(string text, Color color, bool isBold = false) =>
        ansi.Write(new Text(text, new Style(color, decoration: isBold ? Decoration.Bold : Decoration.None)));

    /// <summary>A command to copy: one line of its own, quoted for the shell.</summary>
    public void Command(params IEnumerable<string> words) => Whole("  " + ShellQuote.Line(words));

    /// <summary>A line that is never wrapped.</summary>
    public void Whole(string line) => writer.WriteLine(line);

    /// <summary>Names before values, the values below each other.</summary>
    public void Pairs(IReadOnlyList<(string Name, string Value)> pairs)
    {
        int names = pairs.Count == 0 ? 0 : pairs.Max(p => p.Name.Length);
        foreach ((string name, string value) in pairs)
        {
            string before = name.PadRight(names) + "  ";
            foreach (string line in value.Split('\n'))
            {
                foreach (string part in Wrap(line, before.Length))
                {
                    writer.WriteLine((before + part).TrimEnd());
                    before = new string(' ', before.Length);
                }
            }
        }
    }

    /// <summary>Breaks between words where the terminal ends; a word that is longer than a line stays whole.</summary>
    private List<string> Wrap(string text, int indent)
    {
        int room = width is { } columns ? Math.Max(20, columns - indent) : int.MaxValue;
        List<string> lines = [];
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > room)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = lines.Count == 0 && line.Length == 0 ? word : $"{line} {word}";
            }
        }
        lines.Add(line);
        return lines;
    }
}
