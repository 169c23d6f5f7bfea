using Chain.Primitives;

namespace Chain.StateMachine.Genesis;

/// <summary>The form of chain ids: <c>name-N</c>, so that a restarted network never shares an id with its past.</summary>
public static class ChainIds
{
    /// <summary>Lower-case letters, digits and dashes, a letter first; a dash and a number from 1 last; at most 50 bytes.</summary>
    public static bool IsValid(string chainId)
    {
        int dash = chainId.LastIndexOf('-');
        if (chainId.Length > Limits.ChainIdBytesMax || dash < 1 || dash == chainId.Length - 1) return false;
        if (!char.IsAsciiLetterLower(chainId[0]) || chainId[dash + 1] == '0') return false;
        for (int i = 0; i < chainId.Length; i++)
        {
            bool isDigit = char.IsAsciiDigit(chainId[i]);
            bool isAllowed = i > dash ? isDigit : isDigit || char.IsAsciiLetterLower(chainId[i]) || chainId[i] == '-';
            if (!isAllowed) return false;
        }
        return true;
    }
}
