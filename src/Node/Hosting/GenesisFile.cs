using System.Collections.Generic;
using System.Text;
using Chain.StateMachine.Genesis;

namespace Chain.Node.Hosting;

/// <summary>A genesis file as an operator sees it: every fault with its line.</summary>
public static class GenesisFile
{
    public static GenesisDocument Parse(string path, string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        if (GenesisDocument.TryParse(bytes, out GenesisDocument document, out IReadOnlyList<GenesisError> errors)) return document;
        throw new NodeStopException(
            ExitCode.BadInput,
            $"{path} is not a valid genesis:\n  {string.Join("\n  ", errors)}",
            "Correct these lines; genesis/README.md describes every field.");
    }
}
