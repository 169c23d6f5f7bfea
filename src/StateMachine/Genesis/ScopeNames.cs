using System;
using System.Globalization;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Genesis;

/// <summary>How scopes of accreditations are written: a role's name, or <c>schema:N</c>.</summary>
public static class ScopeNames
{
    private const string SchemaPrefix = "schema:";
    private const byte SchemaMax = 200;

    public static string Of(byte scope) => scope < Accreditations.SchemaScope(0)
        ? RoleNames.Of((Role)scope)
        : SchemaPrefix + (scope - Accreditations.SchemaScope(0)).ToString(NumberFormatInfo.InvariantInfo);

    public static bool TryParse(string text, out byte scope)
    {
        scope = 0;
        if (RoleNames.TryParse(text, out Role role))
        {
            scope = Accreditations.RoleScope(role);
            return true;
        }
        if (!text.StartsWith(SchemaPrefix, StringComparison.Ordinal)) return false;
        ReadOnlySpan<char> number = text.AsSpan(SchemaPrefix.Length);
        if (!byte.TryParse(number, NumberStyles.None, NumberFormatInfo.InvariantInfo, out byte schema)) return false;
        if (schema > SchemaMax) return false;
        scope = Accreditations.SchemaScope(schema);
        return true;
    }
}
