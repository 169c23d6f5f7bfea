using System;
using System.Text;
using Chain.StateMachine.Execution;

namespace Chain.Node.Rpc.Json;

/// <summary>The short human text of a result code: its name in words. Clients hold the long text.</summary>
internal static class ResultText
{
    /// <summary>"insufficient funds" for 400; empty for success; "code N" for a code that this version does not know.</summary>
    public static string Of(uint code)
    {
        if (code == 0) return "";
        string? name = Enum.GetName((ResultCode)code);
        if (name is null) return $"code {code}";
        StringBuilder words = new(name.Length + 4);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(c));
        }
        return words.ToString();
    }
}
