using System.Collections.Generic;
using System.Linq;

namespace Chain.Cli.Terminal;

/// <summary>The attributes of an event in the forms for people.</summary>
internal static class EventForms
{
    public static Facts Of(string type, IEnumerable<KeyValuePair<string, string>> attributes) => AddTo(new Facts(), type, attributes);

    public static Facts AddTo(Facts facts, string type, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        List<KeyValuePair<string, string>> all = [.. attributes];
        // A change of a parameter says by its name what its two values count.
        string? parameter = type == "ParameterChanged" ? all.FirstOrDefault(pair => pair.Key == "name").Value : null;
        foreach ((string key, string value) in all)
        {
            if (parameter is null || key is not ("from" or "to")) facts.Field(type, key, value);
            else facts.Add(key, value, FieldForms.Show("", parameter, value));
        }
        return facts;
    }
}
