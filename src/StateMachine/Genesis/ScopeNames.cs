using System;
using System.Globalization;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Genesis;

/// <summary>How scopes of accreditations are written: a role's name, <c>panel</c>, <c>guardian</c>, or <c>schema:N</c>.</summary>
public static class ScopeNames
{
    private const string SchemaPrefix = "schema:";
    private const string Panel = "panel";
    private const string Guardian = "guardian";
    private const byte SchemaMax = 200;

    public static string Of(byte scope) => scope switch
    {
        Accreditations.ScopePanel => Panel,
        Accreditations.ScopeGuardian => Guardian,
        _ when scope < Accreditations.SchemaScope(0) => RoleNames.Of((Role)scope),
        _ => SchemaPrefix + (scope - Accreditations.SchemaScope(0)).ToString(NumberFormatInfo.InvariantInfo),
    };

    public static bool TryParse(string text, out byte scope)
    {
        scope = text == Panel ? Accreditations.ScopePanel : Accreditations.ScopeGuardian;
        if (text is Panel or Guardian) return true;
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
