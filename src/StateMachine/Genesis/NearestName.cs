using System;
using System.Collections.Generic;

namespace Chain.StateMachine.Genesis;

/// <summary>Finds what a misspelt name was meant to be.</summary>
public static class NearestName
{
    /// <summary>Longer than any name of a genesis field; what is longer is no slip of the finger.</summary>
    private const int NameLengthMax = 64;

    /// <summary>" (did you mean …?)", or nothing when no name is near.</summary>
    public static string Hint(string given, IReadOnlyList<string> known)
    {
        if (given.Length > NameLengthMax) return "";
        string best = "";
        int bestDistance = (given.Length / 3) + 1;
        foreach (string name in known)
        {
            int distance = Distance(given, name);
            if (distance > bestDistance || (distance == bestDistance && best.Length > 0)) continue;
            bestDistance = distance;
            best = name;
        }
        return best.Length == 0 ? "" : $" (did you mean \"{best}\"?)";
    }

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
